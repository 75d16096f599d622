/** Pins of a constraint file that somebody else made: Airflow's `name==version`, OpenStack's `name===version` with markers. */
import { normaliseName } from '@nx-ci-cache/config';
import type { Cell } from '@nx-ci-cache/records';
import type { Pins } from '../file/pins';
import { admits, environmentOf } from '../locked/marker';

export interface ImportedPins {
  readonly pins: Pins;
  /** Lines that are no pin of a release, each as it stands there. */
  readonly passedOver: readonly string[];
}

/** @param cell the Python and the platform for which lines with a marker count or not. */
export const importedPins = (text: string, cell: Omit<Cell, 'mode'>): ImportedPins => {
  const pins = new Map<string, string>();
  const passedOver: string[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/(?:^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const [, name, version, marker = ''] = pin.exec(line) ?? [];
    const holds = name === undefined ? undefined : isFor(marker, cell);
    if (name === undefined || version === undefined || holds === undefined) passedOver.push(line);
    else if (holds) pins.set(normaliseName(name), version);
  }
  return { pins, passedOver };
};

const pin = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*===?\s*([A-Za-z0-9][A-Za-z0-9.!+_-]*)\s*(?:;(.*))?$/;

/** Undefined for what is no marker. */
const isFor = (marker: string, cell: Omit<Cell, 'mode'>): boolean | undefined => {
  try {
    return admits(marker, environmentOf(cell));
  } catch {
    return undefined;
  }
};
