/** Which rows are in sight, by a library that knows how browsers scroll. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core';
import { useLayoutEffect, useMemo, useReducer, useRef } from 'preact/hooks';

export const rowHeight = 30;

export const useWindow = (count: number) => {
  const container = useRef<HTMLDivElement>(null);
  const [, again] = useReducer((drawn: number, _change: void) => drawn + 1, 0);
  const options = {
    count,
    getScrollElement: () => container.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    initialRect: { width: 800, height: 600 },
    observeElementRect,
    observeElementOffset,
    scrollToFn: elementScroll,
    onChange: () => again(),
  };
  const rows = useMemo(() => new Virtualizer<HTMLDivElement, HTMLDivElement>(options), []);
  rows.setOptions(options);
  useLayoutEffect(() => rows._didMount(), []);
  useLayoutEffect(() => rows._willUpdate());
  return { container, items: rows.getVirtualItems(), height: rows.getTotalSize() };
};
