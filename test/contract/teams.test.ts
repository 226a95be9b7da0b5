import { platformContract } from './platform.js';
import { teamsWorld } from './teams-world.js';

platformContract('Teams', () => teamsWorld({ consent: false }));
platformContract('Teams, where the bot may hear everything', () => teamsWorld({ consent: true }));
