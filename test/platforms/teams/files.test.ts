import { describe, expect, it } from 'vitest';
import { serve } from '../slack/wire.js';
import { town } from './town.js';

const KEY = '0123456789abcdef0123456789abcdef';
const FILE = `teams:sent/${KEY}`;
const remembered = (url: string, ours: boolean) => JSON.stringify({ url, ours });

describe('a file somebody sent', () => {
  it.each([
    ['https://evil.example.org/x', true],
    ['https://evil.example.org/x', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['http://lumiere.sharepoint.com/x', false],
    ['https://sharepoint.com.evil.example.org/x', false],
    ['https://evilsharepoint.com/x', false],
    ['https://x:y@lumiere.sharepoint.com/x', false],
    ['https://lumiere.sharepoint.com:8443/x', false],
    ['https://lumiere.sharepoint.com/x', true],
    ['file:///etc/passwd', false],
    ['nonsense', false],
  ])('is fetched from no foreign address: %s (with our token: %s)', async (url, ours) => {
    const { platform, kept, calls } = await town();
    kept.set(`day:teams:file:${KEY}`, remembered(url, ours));
    await expect(platform.download(FILE, 1_000)).rejects.toMatchObject({ kind: 'never', code: 'foreign_address' });
    expect(calls('token')).toBe(0);
  });

  it('is fetched without a token from its own address, and with it from the service alone', async () => {
    const { platform, kept, running } = await town();
    const alice = running.simulator.as('aad-alice');
    const file = alice.upload('avant.jpg', Buffer.from('bytes'));
    kept.set(`day:teams:file:${KEY}`, remembered(`${running.url}/files/${file.id}/avant.jpg?tempauth=${file.key}`, false));
    expect((await platform.download(FILE, 1_000)).toString()).toBe('bytes');
    expect(running.simulator.requests.at(-1)?.authorized).toBe(false);
  });

  it('follows no redirection, and takes none of its bytes above the most', async () => {
    const there = await serve((req, res) => {
      if (req.url === '/moved') res.writeHead(302, { location: '/large' }).end();
      else res.end(Buffer.alloc(5_000));
    });
    const { platform, kept } = await town({ serviceUrl: `${there.url}/` });
    kept.set(`day:teams:file:${KEY}`, remembered(`${there.url}/moved`, false));
    await expect(platform.download(FILE, 1_000)).rejects.toMatchObject({ kind: 'never', code: 'http_302' });
    const [, large] = ['', 'f'.repeat(32)];
    kept.set(`day:teams:file:${large}`, remembered(`${there.url}/large`, false));
    await expect(platform.download(`teams:sent/${large}`, 1_000)).rejects.toMatchObject({ kind: 'never', code: 'file_too_large' });
    await there.stop();
  });
});

describe('a picture of ours', () => {
  it.each([
    ['an address', 'https://leads.example.org/p/abc.jpg'],
    ['a path', '/p/abc.jpg'],
  ])('is known by its path, shared as %s', async (_, shared) => {
    const { platform } = await town({ share: async () => shared });
    await expect(platform.upload('x.jpg', Buffer.from('x'))).resolves.toBe('teams:/p/abc.jpg');
  });

  it('is described in words where nobody could fetch it', async () => {
    const { platform } = await town();
    await expect(platform.upload('x.jpg', Buffer.from('x'))).rejects.toMatchObject({ kind: 'never', code: 'no_public_address' });
  });
});
