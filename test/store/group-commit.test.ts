import { describe, expect, it } from 'vitest';
import { groupCommit } from '../../src/store/group-commit.js';

describe('a group commit', () => {
  it('gathers who waits into one transaction, answers in their order', async () => {
    const groups: number[][] = [];
    const double = groupCommit(async (items: readonly number[]) => {
      groups.push([...items]);
      return items.map((item) => item * 2);
    });
    expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6]);
    expect(groups).toEqual([[1, 2, 3]]);
  });

  it('lets only the culprit fail when one item spoils it', async () => {
    const reciprocal = groupCommit(async (items: readonly number[]) => {
      if (items.includes(0)) throw Object.assign(new Error('division by zero'), { code: '22012' });
      return items.map((item) => 1 / item);
    });
    const answers = await Promise.allSettled([1, 0, 2].map(reciprocal));
    expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('tries again one by one after a deadlock', async () => {
    let first = true;
    const same = groupCommit(async (items: readonly number[]) => {
      if (first) {
        first = false;
        throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
      }
      return items;
    });
    expect(await Promise.all([1, 2].map(same))).toEqual([1, 2]);
  });

  it('has several groups under way when told to, and loses nobody between them', async () => {
    let underWay = 0;
    let most = 0;
    const same = groupCommit(
      async (items: readonly number[]) => {
        most = Math.max(most, ++underWay);
        await new Promise((resolve) => setImmediate(resolve));
        underWay--;
        return items;
      },
      { max: 3, parallel: 2 },
    );
    const numbers = Array.from({ length: 50 }, (_, n) => n);
    expect(await Promise.all(numbers.map(same))).toEqual(numbers);
    expect(most).toBe(2);
  });

  it('asks a database that is away once, not once for everybody', async () => {
    let asked = 0;
    const never = groupCommit(async (): Promise<number[]> => {
      asked++;
      throw new Error('connect ECONNREFUSED');
    });
    const answers = await Promise.allSettled([1, 2, 3].map(never));
    expect(answers.every((answer) => answer.status === 'rejected')).toBe(true);
    expect(asked).toBe(1);
  });
});
