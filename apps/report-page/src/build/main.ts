/** Prints the template: a process of its own, because a test's realm has no place for esbuild. */
import { buildPage } from './build-page';

void buildPage().then(({ html }) => process.stdout.write(html));
