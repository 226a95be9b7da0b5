import { type Fields, fieldsOf } from '../../json.js';
import { nested, text } from '../args.js';
import { blockFaults } from '../blocks.js';
import { joinedChannel } from '../conversation.js';
import { Refusal } from '../refusal.js';
import type { Fault } from '../schema.js';
import { viewFaults } from '../view-check.js';
import { addReaction, findMessage } from '../workspace.js';
import type { World } from '../world.js';
import type { Call, Method } from './method.js';

function authTest({ world }: Call): Fields {
  const { workspace, bot } = world.seed;
  return {
    url: `https://${workspace.domain}.slack.com/`,
    team: workspace.name,
    user: bot.name.toLowerCase(),
    team_id: workspace.id,
    user_id: bot.userId,
    bot_id: bot.botId,
    is_enterprise_install: false,
  };
}

function apiTest({ args }: Call): Fields {
  const error = text(args, 'error');
  if (error !== '') throw new Refusal(error, { args });
  return { args };
}

function react({ args, world }: Call): Fields {
  const channel = joinedChannel(world, text(args, 'channel'));
  const message = findMessage(world.workspace, channel.id, text(args, 'timestamp'));
  if (!message) throw new Refusal('message_not_found');
  const name = text(args, 'name');
  if (!/^[\w+-]+(?:::skin-tone-[2-6])?$/.test(name)) throw new Refusal('invalid_name');
  if (!addReaction(world.workspace, channel, message, name, world.seed.bot.userId)) throw new Refusal('already_reacted');
  return {};
}

function validate({ args, world }: Call): Fields {
  const given = ['blocks', 'message', 'view'].filter((name) => args[name] !== undefined);
  const [kind] = given;
  if (given.length !== 1 || kind === undefined) throw new Refusal('invalid_arguments');
  const faults = faultsIn(world, kind, nested(args, kind, `invalid_${kind}`));
  if (faults.length === 0) return {};
  const errors = faults.map(({ pointer, message }) => ({ pointer, message, code: 'failed_constraint' }));
  throw new Refusal(`invalid_${kind}`, { errors });
}

function faultsIn(world: World, kind: string, value: unknown): readonly Fault[] {
  const { isImageFile } = world.views;
  if (kind === 'view') return viewFaults(value, isImageFile);
  return blockFaults(kind === 'blocks' ? value : fieldsOf(value).blocks, 'message', '/blocks', isImageFile);
}

export const otherMethods: Readonly<Record<string, Method>> = {
  'api.test': { tier: 4, token: 'none', run: apiTest },
  'auth.test': { tier: 'free', token: 'bot', run: authTest },
  'apps.connections.open': { tier: 'free', token: 'app', run: ({ world }) => ({ url: world.sockets.open(world.base()) }) },
  'blocks.validate': { tier: 4, token: 'none', run: validate },
  'reactions.add': { tier: 3, token: 'bot', scopes: ['reactions:write'], run: react },
};
