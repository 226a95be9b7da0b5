import bolt from '@slack/bolt';

// The floor of (a): Bolt as its manual shows it, doing nothing but acknowledge.
const app = new bolt.App({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B0', botUserId: 'U0' }),
  logLevel: bolt.LogLevel.ERROR,
});
app.action('claim.take', async ({ ack }) => ack());
await app.start({ port: Number(process.env.PORT), host: '127.0.0.1' });
