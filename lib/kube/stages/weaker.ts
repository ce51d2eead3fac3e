import type { Problem } from '../../kernel/errors';
import type { Manifest } from '../manifest';
export function weakerThan(_staging: readonly Manifest[], _production: readonly Manifest[]): Problem[] {
  return [];
}
