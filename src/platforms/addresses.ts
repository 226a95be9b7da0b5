/* What may stand behind a link of ours. Everything else stays words. */

/** `http` is for the sandbox, whose pages are on this machine. */
export function webAddress(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : undefined;
}

export function telephoneAddress(number: string): string | undefined {
  return /^\+?\d{3,20}$/.test(number) ? `tel:${number}` : undefined;
}

/** Percent-encoded, so that an address cannot carry a subject, a body or further recipients. */
export function mailAddress(address: string): string | undefined {
  if (!/^[^\s@]+@[^\s@]+$/.test(address) || !address.isWellFormed()) return undefined;
  return `mailto:${encodeURIComponent(address).replace('%40', '@').replaceAll('%2B', '+')}`;
}
