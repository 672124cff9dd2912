export {
  type FluentBitConfig,
  FluentBitGroup,
  type FluentBitKind,
  FluentBitProperties,
  type FluentBitProperty,
  FluentBitSection,
  type FluentBitUnsupported,
} from './model';
export { type FluentBitFormat, type FluentBitOptions, readFluentBit } from './read';
