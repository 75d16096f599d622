/** Whether the page is on its way to paper: what is listed by scrolling must then stand there whole. */
import { options } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

export const usePrinting = (): boolean => {
  const [isPrinting, setPrinting] = useState(false);
  useLayoutEffect(() => {
    const begin = () => atOnce(() => setPrinting(true));
    const end = () => setPrinting(false);
    addEventListener('beforeprint', begin);
    addEventListener('afterprint', end);
    return () => {
      removeEventListener('beforeprint', begin);
      removeEventListener('afterprint', end);
    };
  }, []);
  return isPrinting;
};

/** The browser prints what stands there when the event ends. */
const atOnce = (change: () => void): void => {
  const before = options.debounceRendering;
  options.debounceRendering = (render) => render();
  change();
  if (before === undefined) delete options.debounceRendering;
  else options.debounceRendering = before;
};
