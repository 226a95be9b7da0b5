import type { Fields } from '../../json.js';
import { nested, text } from '../args.js';
import { Refusal } from '../refusal.js';
import { openView, publishHome, pushView, updateView } from '../view-store.js';
import { userById } from '../workspace.js';
import type { Call, Method } from './method.js';

/** A trigger is spent only when the view was accepted. */
function open({ args, world }: Call): Fields {
  const trigger = text(args, 'trigger_id');
  const { user } = world.triggers.check(trigger);
  const view = openView(world.views, user, nested(args, 'view', 'invalid_arguments'));
  world.triggers.exchange(trigger);
  return { view };
}

function push({ args, world }: Call): Fields {
  const trigger = text(args, 'trigger_id');
  const { user, view: from } = world.triggers.check(trigger);
  if (from === null) throw new Refusal('invalid_trigger_id');
  const view = pushView(world.views, user, nested(args, 'view', 'invalid_arguments'));
  world.triggers.exchange(trigger);
  return { view };
}

function update({ args, world }: Call): Fields {
  const [id, externalId, hash] = [text(args, 'view_id'), text(args, 'external_id'), text(args, 'hash')];
  if (id === '' && externalId === '') throw new Refusal('invalid_arguments');
  return { view: updateView(world.views, { id, externalId, hash }, nested(args, 'view', 'invalid_arguments')) };
}

function publish({ args, world }: Call): Fields {
  const user = text(args, 'user_id');
  if (!userById(world.workspace, user)) throw new Refusal('invalid_arguments');
  return { view: publishHome(world.views, user, nested(args, 'view', 'invalid_arguments'), text(args, 'hash')) };
}

export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': { tier: 4, token: 'bot', run: open },
  'views.push': { tier: 4, token: 'bot', run: push },
  'views.update': { tier: 4, token: 'bot', run: update },
  'views.publish': { tier: 4, token: 'bot', run: publish },
};
