import { describe, expect, it } from 'vitest';
import { parserFor } from '../../../src/intake/sources/choose.js';
import { fixturesOf, KINDS, type Kind, problemsOf } from './fixtures.js';

for (const kind of Object.keys(KINDS) as Kind[]) {
  describe(`the ${kind} fixtures`, () => {
    it.each(fixturesOf(kind).map((fixture) => [fixture.name, fixture] as const))('%s', async (_name, fixture) => {
      const parser = parserFor(fixture.contentType);
      const body = await parser?.parse(fixture.body, fixture.contentType, {
        aliases: fixture.expected.aliases ?? {},
      });
      expect(body?.leads).toHaveLength(fixture.expected.leads.length);
      expect(body?.leads).toMatchObject(fixture.expected.leads);
      expect(body === undefined ? [] : problemsOf(body).map(({ path }) => path)).toEqual(fixture.expected.problems);
      expect(body?.photos.map(({ filename }) => filename)).toEqual(fixture.expected.photos ?? []);
      if (fixture.expected.text !== undefined) expect(body?.text).toBe(fixture.expected.text);
    });
  });
}
