import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Collects unused memory again and again, as a busy process does now and then. */
export function collectMemory(): { stop(): void } {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const often = setInterval(collect, 20);
  return { stop: () => clearInterval(often) };
}
