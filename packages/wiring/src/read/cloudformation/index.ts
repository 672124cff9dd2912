export { WORKSPACE_ID } from './attributes';
export { awsFacts } from './facts';
export { readTemplate, type Template } from './template';
