export { renderHtml } from './page';
