/** Guard of the whole: with itself as constraints a file's own requirements must resolve to the file, else it holds a lie. */
import { isOwn } from '../requirements/own-packages';
import type { Guard } from './guard';

export const resolvesToItself: Guard = {
  name: 'resolves-to-itself',
  remedy: 'Run once with --skip-nx-cache; if it happens again, read the difference as a fault of the requirements.',
  refuse: ({ pins, own, proof }) => {
    if (proof === undefined) return [];
    if ('unproved' in proof.again) return [`it does not resolve with itself as constraints: ${proof.again.unproved}`];
    const again = proof.again.value;
    const names = [...new Set([...pins.keys(), ...again.keys()])].sort().filter((name) => !isOwn(name, own));
    return names.flatMap((name) => {
      const [pinned, resolved] = [pins.get(name), again.get(name)];
      if (pinned === resolved) return [];
      if (resolved === undefined) return [`${name}==${pinned} is required by nothing`];
      if (pinned === undefined) return [`${name} is required and has no pin; it resolves to ${resolved}`];
      return [`${name}==${pinned} resolves to ${resolved}`];
    });
  },
};
