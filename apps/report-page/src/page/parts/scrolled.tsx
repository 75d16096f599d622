/** What is wider than the screen scrolls by itself, with the keyboard too. */
import type { ComponentChildren } from 'preact';

export const Scrolled = ({ label, children }: { readonly label: string; readonly children: ComponentChildren }) => (
  <div class="scrolled" role="region" aria-label={label} tabIndex={0}>
    {children}
  </div>
);
