/** Begins the page: reads the data that stands in it, and shows it. */
import { render } from 'preact';
import type { PageData } from '@nx-ci-cache/report';
import { App } from './app';

const data = JSON.parse(document.getElementById('data')?.textContent ?? '') as PageData;
const page = document.getElementById('page');
document.title = data.headline;
if (page !== null) render(<App data={data} />, page);
