export { buildPage, type BuiltPage } from './build/build-page';
