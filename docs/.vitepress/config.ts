/** The site: these pages as they are, README.md as its contents, a search of its own, and no request to anybody else. */
import type { UserConfig } from 'vitepress';
import { site } from '../../tools/src/site/site';

export default site satisfies UserConfig;
