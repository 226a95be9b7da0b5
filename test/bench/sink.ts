import { createServer } from 'node:http';

// A Slack that says yes to everything at once, so that only the program is measured.
let n = 0;
createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    const ts = `1700000000.${String(++n).padStart(6, '0')}`;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify({
        ok: true,
        channel: 'C0',
        ts,
        message_ts: ts,
        user_id: 'U0',
        bot_id: 'B0',
        team: 'bench',
        user: 'bench',
        messages: [],
      }),
    );
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
