package dev.berth.core.audit;

/** What kind of event a record is of (CloudTrail User Guide, "CloudTrail record contents"). */
public enum EventType {
  /** Somebody called an API. */
  AwsApiCall,
  /** A service did something by itself. */
  AwsServiceEvent
}
