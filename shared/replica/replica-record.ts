/** What a device keeps of a room besides its updates and the rows set aside. */
export interface ReplicaRecord {
  readonly generation: number;
  /** Raised each time the replica is loaded from scratch: rows of two epochs are never mixed. */
  readonly epoch: number;
  readonly changedAt: number;
  /** When the relay last agreed with what is stored. */
  readonly contactAt: number;
}

/** All that a device keeps of a room. */
export interface KeptReplica {
  readonly record: ReplicaRecord | undefined;
  readonly updates: readonly Uint8Array[];
  /** Bytes of the rows set aside. */
  readonly aside: readonly Uint8Array[];
}
