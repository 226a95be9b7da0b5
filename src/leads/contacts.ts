/** How contact with a customer happens. */
export const CONTACTS = ['call', 'email', 'sms', 'visit', 'video'] as const;
export type Contact = (typeof CONTACTS)[number];
