export {
  ContainerLogGroup,
  type ContainerLogGroupAttributes,
  type ContainerLogGroupProps,
  type IContainerLogGroup,
} from './container-log-group';
