import { readdirSync } from 'node:fs';
import type { Desk, Workflow } from '../../src/workflows/workflow.js';

/** One folder of src/workflows is one workflow; its index exports what makes it. */
export async function everyWorkflow(desk: Desk): Promise<Workflow[]> {
  const folder = new URL('../../src/workflows/', import.meta.url);
  const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const made = folders.map(async ({ name }) => {
    const exported = (await import(new URL(`${name}/index.ts`, folder).href)) as Record<string, unknown>;
    return Object.entries(exported).flatMap(([key, value]) =>
      key.endsWith('Workflow') && typeof value === 'function' ? [value(desk) as Workflow] : [],
    );
  });
  return (await Promise.all(made)).flat();
}
