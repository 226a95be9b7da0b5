import { z } from 'zod';
import type { TenantActs } from './page/teams/wire.js';
import type { Acts } from './page/wire.js';

/** How the body of each act must look. */
export type Schemas<All> = { readonly [N in keyof All]: z.ZodType<All[N]> };

const place = { channel: z.string(), ts: z.string() };

export const SLACK_ACTS: Schemas<Acts> = {
  click: z.object({
    message: z.object(place).exactOptional(),
    view: z.string().exactOptional(),
    block_id: z.string(),
    action_id: z.string(),
    value: z.string().exactOptional(),
    choice: z.record(z.string(), z.unknown()).exactOptional(),
  }),
  submit: z.object({
    view: z.string(),
    values: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
  close: z.object({ view: z.string() }),
  say: z
    .object({
      channel: z.string(),
      text: z.string().max(40_000),
      thread_ts: z.string().exactOptional(),
      files: z.array(z.string()).max(20).exactOptional(),
    })
    .refine(({ text, files = [] }) => text !== '' || files.length > 0),
  remove: z.object(place),
  lead: z.object({ example: z.string() }),
  home: z.object({}),
};

const message = { conversation: z.string(), id: z.string() };
const action = z.object({
  type: z.string(),
  title: z.string().exactOptional(),
  verb: z.string().exactOptional(),
  url: z.string().exactOptional(),
  data: z.unknown().optional(),
});
const inputs = z.record(z.string(), z.string());

export const TEAMS_ACTS: Schemas<TenantActs> = {
  click: z.object({ ...message, action, inputs }),
  submit: z.object({ action, inputs }),
  close: z.strictObject({}),
  say: z
    .object({
      conversation: z.string(),
      text: z.string().max(28_000),
      under: z.string().exactOptional(),
      files: z.array(z.string()).max(20).exactOptional(),
    })
    .refine(({ text, files = [] }) => text !== '' || files.length > 0),
  edit: z.object({ ...message, text: z.string().min(1).max(28_000) }),
  remove: z.object(message),
  lead: z.object({ example: z.string() }),
};
