package dev.berth.core.trigger;

/** A function of Berth's that rules start; clients call others, through the front door. */
public enum BerthFunction {
  /** Asks for an evaluation of each repository that has a lifecycle policy. */
  LIFECYCLE("lifecycle"),

  /** Evaluates the lifecycle policy of one repository, and deletes what expires. */
  LIFECYCLE_EVALUATION("lifecycle-evaluation"),

  /** Decides to where an image that was pushed is replicated, and asks for each. */
  REPLICATION("replication"),

  /** Replicates one image to one destination. */
  REPLICATION_ATTEMPT("replication-attempt"),

  /** Scans an image that was pushed or replicated, or for whose scan somebody asked. */
  SCAN("scan"),

  /** Brings the indexes that images are scanned by up to date, where that is switched on. */
  FEEDS("feeds"),

  /** Does the work that deletions and crashes leave. */
  SWEEP("sweep"),

  /** Collects garbage, where that is due. */
  COLLECTION("collection"),

  /** Publishes the events of changes that were not published when they were committed. */
  OUTBOX("outbox");

  private final String id;

  BerthFunction(String id) {
    this.id = id;
  }

  /** Lower-case letters and hyphens, as resources are named after it. */
  public String id() {
    return id;
  }
}
