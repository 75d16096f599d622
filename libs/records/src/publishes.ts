/** What a leg leaves in registries, asked by everything that writes, reads back or tells of it. */
import type { Publishes } from './config';

export const leavesImage = ({ publish }: { readonly publish: Publishes }): boolean => publish !== 'cache';

export const leavesCache = ({ publish }: { readonly publish: Publishes }): boolean => publish !== 'image';
