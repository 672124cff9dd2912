export { WORKSPACE_ID_FORM } from './attributes';
export { awsFacts } from './facts';
export { readTemplate, type Template } from './template';
