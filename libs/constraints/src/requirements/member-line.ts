/** A line that names a project of the workspace by its folder, as pip takes one: `-e ./libs/foo[dev]`, `foo @ file:libs/foo`. */
import { isLocal } from './requirement';

export interface MemberLine {
  /** Relative to wherever pip was started. */
  readonly folder: string;
  readonly extras: readonly string[];
  /** What the line says its project is called. */
  readonly name?: string;
  /** Empty where there is none. */
  readonly marker: string;
}

/** Undefined for wheels, archives, URLs and paths of one machine: no file of the workspace says what those require. */
export const memberLine = (line: string): MemberLine | undefined => {
  const text = line.trim().replace(/\s#.*$/, '');
  const editable = /^(?:-e|--editable(?=[\s=]))\s*=?\s*(.*)$/.exec(text)?.[1];
  if (editable === undefined && !isLocal(text)) return undefined;
  const [, name, ofName = '', folder = '', ofFolder = '', marker = ''] = form.exec(editable ?? text) ?? [];
  if (folder === '' || elsewhere.test(folder)) return undefined;
  const extras = `${ofName},${ofFolder}`.split(',').flatMap((extra) => (extra.trim() === '' ? [] : [extra.trim()]));
  return { folder, extras, marker: marker.trim(), ...(name !== undefined && { name }) };
};

const form =
  /^(?:([a-z0-9][a-z0-9._-]*)\s*(?:\[([^\]]*)\])?\s*@\s*)?(?:file:(?:\/\/)?)?([^[\s;]+?)\/*(?:\[([^\]]*)\])?\s*(?:;(.*))?$/i;

const elsewhere = /^[/~]|[:${}@]|\.(?:whl|zip|tar\.gz)$/i;
