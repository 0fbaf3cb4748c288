package dev.berth.core.audit;

/** What a service did by itself; the members of its records are named as in CloudTrail's JSON. */
public sealed interface ServiceEventDetails permits PolicyExecution, RecordsLost {}
