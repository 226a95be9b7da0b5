import { expect, it } from 'vitest';
import { parserFor } from '../../../src/intake/sources/choose.js';

it.each([
  ['application/json', 'json/1'],
  ['Application/JSON; charset=UTF-8', 'json/1'],
  ['application/xml', 'adf/1'],
  ['text/xml;charset="utf-8"', 'adf/1'],
  ['application/x-adf+xml', 'adf/1'],
  ['application/x-www-form-urlencoded', 'form/1'],
  ['multipart/form-data; boundary=x', 'form/1'],
  ['message/rfc822', 'mail/1'],
])('%s is read by %s', async (contentType, name) => {
  const body = await parserFor(contentType)?.parse(Buffer.from('{}'), contentType, { aliases: {} });
  expect(body?.parser).toBe(name);
});

it.each([undefined, '', 'text/plain', 'application/pdf', 'text/html', 'application/jsonp', 'constructor'])(
  '%s is not taken',
  (contentType) => {
    expect(parserFor(contentType)).toBeNull();
  },
);
