package dev.berth.local.host;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;

/** What a run of lifecycle policies tells as it goes on, see {@link LifecycleLine}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "news")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LifecycleNews.Found.class, name = "found"),
  @JsonSubTypes.Type(value = LifecycleNews.Expired.class, name = "expired"),
  @JsonSubTypes.Type(value = LifecycleNews.Ran.class, name = "ran"),
  @JsonSubTypes.Type(value = LifecycleNews.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = LifecycleNews.WouldExpire.class, name = "wouldExpire")
})
public sealed interface LifecycleNews {

  /** So many repositories of a region follow. */
  record Found(int repositories) implements LifecycleNews {}

  /** So many images more are gone. */
  record Expired(int images) implements LifecycleNews {}

  /** Which repository. */
  record Where(String region, String account, String repository) {}

  /**
   * A repository is done.
   *
   * @param images how many there were
   * @param expired how many went, or would, by the priority of the rule that decided
   * @param left how many changed before they could go
   */
  record Ran(Where where, int images, Map<Integer, Integer> expired, int left)
      implements LifecycleNews {}

  /** A repository could not be done. */
  record Failed(Where where, String why) implements LifecycleNews {}

  /**
   * An image would expire.
   *
   * @param pushedAt in ISO 8601
   * @param rule its priority
   */
  record WouldExpire(
      Where where, String digest, List<String> tags, String pushedAt, int rule, String why)
      implements LifecycleNews {}
}
