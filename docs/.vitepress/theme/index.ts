/** The default theme with the reader's own fonts: the site brings none and asks nobody for any. */
export { default } from 'vitepress/theme-without-fonts';
