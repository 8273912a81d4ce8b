// The live client shared by the visitor's bubble and the agents' console. See client.ts.

export { type Live, live } from "./client.ts";
export { type ConnectionOptions, Refused } from "./connection.ts";
export type { Ack, Connection, LiveEvents } from "./events.ts";
export type { Outgoing } from "./outbox.ts";
