import { createServer } from 'node:http';
import pg from 'pg';

// The ceiling of (b): a bare HTTP server that inserts one row a request and does nothing else.
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
let n = 0;
createServer((request, response) => {
  request.resume();
  request.on('end', async () => {
    await pool.query('INSERT INTO bench_row VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, now(), $6, $7, $8)', [
      ...['site-0', 'bare', `${process.pid}-${n++}`, 'parsed', 'new', 'Brigitte Moreau', 'b@example.org', '{"city":"Lyon"}'],
    ]);
    response.writeHead(202).end('{}');
  });
}).listen(Number(process.env.PORT), '127.0.0.1');
