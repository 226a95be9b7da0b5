// Loaded before the program (`node --import`): this process's clock is wrong by SKEW_MS, as a machine's may be.
const Right = globalThis.Date;
const skew = Number(process.env.SKEW_MS);
const now = () => Right.now() + skew;
globalThis.Date = new Proxy(Right, {
  construct: (target, args, as) => Reflect.construct(target, args.length === 0 ? [now()] : args, as),
  apply: () => new Right(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
