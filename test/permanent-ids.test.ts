import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/store.js';
import type { Workflow } from '../src/workflows/workflow.js';
import { accepted, EXAMPLE, read } from './config/read.js';
import { freshStore } from './support/database.js';
import { silentDesk } from './support/desk.js';
import { everyWorkflow } from './support/workflows.js';

/*
 * Every id ever shipped. A button stays in its channel for years and must still be answered when somebody presses it;
 * people outside the project press buttons and fill fields by these names. Lines are added here, never removed or changed.
 */

const ACTIONS = [
  ...['claim.take', 'handover.open', 'lead.complete', 'lead.contact', 'lead.history', 'sale.open', 'status.open'],
  ...['appraisal.open', 'appraisal.photos', 'estimate.open', 'estimate.confirm', 'estimate.correct'],
  ...['photos.add', 'photos.revoke'],
  ...['abandon.open', 'abandon.approve', 'abandon.sendback', 'abandon.handover', 'abandon.recycle'],
];

const COMMANDS = [
  ...['add', 'new', 'nouveau', 'aide', 'help'],
  ...['mine', 'my', 'mes', 'desk', 'bureau', 'stats', 'chiffres', 'find', 'chercher', 'cherche', 'trouver'],
  ...['my stats', 'my figures', 'mes stats', 'mes chiffres'],
];

const FORMS: Readonly<Record<string, readonly string[]>> = {
  status: ['stage', 'temperature', 'contact', 'next_kind', 'next_date', 'next_time', 'note'],
  sale: ['vehicle', 'reference', 'financing', 'maintenance', 'trade_in', 'price', 'delivery_date', 'note'],
  handover: ['colleague', 'note'],
  lead: [
    ...['dealership', 'message', 'claim'],
    ...['customer.name', 'customer.phone', 'customer.email', 'customer.city'],
    ...['interest.condition', 'interest.make', 'interest.model', 'interest.version'],
    ...['interest.year', 'interest.price', 'interest.stockNumber'],
    ...['tradeIn.make', 'tradeIn.model', 'tradeIn.year', 'tradeIn.mileage', 'tradeIn.plate'],
  ],
  appraisal: [
    ...['plate', 'make', 'model', 'version', 'first_registered', 'mileage', 'fuel', 'gearbox', 'vin'],
    ...['condition', 'accident', 'service_book', 'keys', 'expected_price', 'photos', 'note'],
  ],
  estimate: ['amount', 'valid_until', 'conditions', 'note'],
  abandon: ['reason', 'justification'],
  abandon_decision: ['comment', 'colleague', 'recycle_date'],
};

let store: Store;
let drop: () => Promise<void>;
let workflows: Workflow[];

beforeAll(async () => {
  ({ store, drop } = await freshStore());
  workflows = await everyWorkflow(silentDesk(store, accepted(read(EXAMPLE))));
});

afterAll(() => drop?.());

describe('ids that are permanent', () => {
  it('of buttons are all answered, and all listed here', () => {
    expect(names((workflow) => workflow.clicks)).toEqual(ACTIONS.toSorted());
  });

  it('of commands are all answered, and all listed here', () => {
    const words = names((workflow) => workflow.commands).filter((word) => word !== '' && word !== '*');
    expect(words).toEqual(COMMANDS.toSorted());
  });

  it('of forms are all answered, and all listed here', () => {
    expect(names((workflow) => workflow.forms)).toEqual(Object.keys(FORMS).toSorted());
  });

  it('of the fields of a new lead are what the form asks a director', async () => {
    const add = workflows.find((workflow) => workflow.commands?.add)?.commands?.add;
    const reply = await add?.({ words: 'add', actor: { person: 'slack:U0DIDIER' }, at: new Date() }, '');
    if (reply?.kind !== 'form') throw new Error('no form was opened');
    const fields = reply.form.fields.flatMap((field) => (field.kind === 'remark' ? [] : [field.id]));
    expect({ form: reply.form.id, fields: fields.toSorted() }).toEqual({ form: 'lead', fields: FORMS.lead?.toSorted() });
  });
});

function names(part: (workflow: Workflow) => object | undefined): string[] {
  return workflows.flatMap((workflow) => Object.keys(part(workflow) ?? {})).toSorted();
}
