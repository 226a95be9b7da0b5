import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ActAnswer, Acts } from '../wire.js';
import type { Value } from './values.js';

/** `value` of a button, or `choice` made in a menu. */
type Press = Omit<Acts['click'], 'message' | 'view'>;

/** What blocks stand on: a message or a modal. */
export interface Surface {
  /** Something was pressed or chosen. Resolves once the app has answered. */
  press(press: Press): Promise<ActAnswer>;
  /** Only in a modal: answers are kept there, and faults shown. */
  readonly form?: {
    valueOf(block: string, action: string): Value | undefined;
    change(block: string, action: string, value: Value): void;
    faultOf(block: string): string | undefined;
  };
}

export const SurfaceContext = createContext<Surface | null>(null);

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext);
  if (surface === null) throw new Error('A block drawn outside a message or modal.');
  return surface;
}
