import { expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.js';
import { renderCard, renderCards } from '../../../src/platforms/teams/render.js';

const list = (rows: number): Card => ({
  title: 'My leads',
  summary: 'My leads',
  elements: Array.from({ length: rows }, (_, n) => ({
    kind: 'row',
    lines: [[`Lead ${n}, whose customer waits`]],
    buttons: [{ action: 'status.open', label: 'Update', subject: `${n}`, opens: true }],
  })),
  buttons: [],
});

it('sets each row apart from the one above it', () => {
  const { body } = renderCard(list(2)).attachments[0].content;
  expect(body.slice(1)).toMatchObject([
    { type: 'Container', separator: true },
    { type: 'Container', separator: true },
  ]);
});

it('shows several cards in one message, which Teams still takes', () => {
  const { summary, attachments } = renderCards({ ...list(200), summary: 'The desk' }, [list(200)]);
  expect([summary, attachments.length]).toEqual(['The desk', 2]);
  for (const { content } of attachments) expect(content.body.length).toBeGreaterThan(40);
  expect(2 * JSON.stringify(attachments).length).toBeLessThan(80 * 1_024);
});
