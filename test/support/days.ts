/** A calendar day so many days from now where the demonstration's dealerships are: near midnight it is another one elsewhere. */
export function dayAfter(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(new Date(Date.now() + days * 86_400_000));
}
