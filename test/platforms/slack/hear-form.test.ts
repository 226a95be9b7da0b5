import { describe, expect, it } from 'vitest';
import type { FormReply, Submission } from '../../../src/chat/interaction.js';
import { HELP, hearing, NEVER } from './heard.js';
import { interaction } from './wire.js';

const input = (id: string) => ({ type: 'input', block_id: id, label: {}, element: {} });
const sent = (values: object, blocks: object[] = [input('stage'), input('note')]) => ({
  type: 'view_submission',
  team: { id: 'T0', domain: 'lumiere' },
  user: { id: 'U0ALICE', name: 'alice', team_id: 'T0' },
  api_app_id: 'A0US',
  view: { id: 'V1', callback_id: 'status', private_metadata: '42', blocks, state: { values } },
});

async function submitted(submit: (submission: Submission) => Promise<FormReply>, payload: object) {
  const heard = await hearing(
    { submit },
    { 'conversations.open': { ok: true, channel: { id: 'D0ALICE' } }, 'chat.postMessage': { ok: true } },
  );
  const response = await interaction(heard.url, payload);
  const body = await response.text();
  await heard.platform.stop();
  return { ...heard, status: response.status, body };
}

describe('a form sent', () => {
  it('gives back its subject and what was entered, and closes', async () => {
    const values = {
      stage: { stage: { type: 'static_select', selected_option: { value: 'contacted', text: {} } } },
      note: { note: { type: 'plain_text_input', value: 'Rappeler' } },
      empty: { empty: { type: 'plain_text_input', value: null } },
      next_date: { next_date: { type: 'datepicker', selected_date: '2026-03-02' } },
      next_time: { next_time: { type: 'timepicker', selected_time: '09:30' } },
      temperature: { temperature: { type: 'static_select', selected_option: null } },
      photos: { photos: { type: 'file_input', files: [{ id: 'F0AVANT', name: 'avant.jpg', mimetype: 'image/jpeg' }] } },
      documents: { documents: { type: 'file_input', files: [] } },
    };
    let heard: Submission | undefined;
    const { status, body } = await submitted(async (submission) => {
      heard = submission;
      return { kind: 'close' };
    }, sent(values));
    expect({ status, body }).toEqual({ status: 200, body: '' });
    expect(heard).toEqual({
      form: 'status',
      subject: '42',
      values: { stage: 'contacted', note: 'Rappeler', next_date: '2026-03-02', next_time: '09:30' },
      files: { photos: [{ file: 'slack:F0AVANT', name: 'avant.jpg' }] },
      actor: { person: 'slack:U0ALICE', name: 'alice' },
      at: expect.any(Date),
    });
  });

  it('stays open with each fault under its field, and those of no field under the first', async () => {
    const { body } = await submitted(async () => ({ kind: 'faults', faults: { note: 'Too short', lead: 'Gone' } }), sent({}));
    expect(JSON.parse(body)).toEqual({ response_action: 'errors', errors: { note: 'Too short', stage: 'Gone' } });
  });

  it.each<[string, () => Promise<FormReply>]>([
    ['fails', async () => Promise.reject(new Error('bug'))],
    ['does not answer in time', () => NEVER],
    ['finds faults and names none', async () => ({ kind: 'faults', faults: {} })],
  ])('stays open with what was typed when the program %s', async (_, submit) => {
    const { body, logged } = await submitted(submit, sent({}));
    expect(JSON.parse(body)).toEqual({ response_action: 'errors', errors: { stage: 'Not saved, slack:U0ALICE' } });
    expect(logged).toMatchObject([{ level: 'error', fields: { form: 'status' } }]);
  });

  it('closes and answers privately', async () => {
    const { body, calls } = await submitted(async () => ({ kind: 'private', card: HELP }), sent({}));
    expect(body).toBe('');
    expect(calls.map(({ method }) => method)).toEqual(['conversations.open', 'chat.postMessage']);
    expect(calls[1]?.args).toMatchObject({ channel: 'D0ALICE', text: 'Bob was faster' });
  });

  it('closes with an apology when it has no field for a fault', async () => {
    const { body, calls } = await submitted(async () => ({ kind: 'faults', faults: { x: 'Gone' } }), sent({}, []));
    expect(body).toBe('');
    expect(calls[1]?.args.text).toBe('Sorry, slack:U0ALICE');
  });
});
