/** A kind of pin: its sign is for the eye alone. */
import type { ComponentChildren } from 'preact';
import type { PinMark } from '@nx-ci-cache/report/src/page/page-data';

interface Props {
  readonly mark: PinMark;
  readonly sign: string;
  readonly children: ComponentChildren;
}

export const Mark = ({ mark, sign, children }: Props) => (
  <span class={`mark ${mark}`}>
    <span aria-hidden="true">{sign}</span>
    {children}
  </span>
);
