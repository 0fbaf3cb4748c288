package dev.berth.core.policy.condition;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is known of a request: the values of AWS's global condition keys and of ECR's own, by name
 * whatever its case ({@code aws:SourceIp}). A key that is not there is not known; one without
 * values is the same (IAM User Guide, "IAM JSON policy elements: Condition").
 */
public final class RequestContext {

  /** Of a request of which nothing is known. */
  public static final RequestContext EMPTY = builder().build();

  private final Map<String, List<Value>> values;

  private RequestContext(Map<String, List<Value>> values) {
    this.values = values;
  }

  /** The values of a key, at least one of them; empty where it is not known. */
  public Optional<List<String>> values(String key) {
    return known(lowerCase(key)).map(RequestContext::texts);
  }

  /**
   * @param key in lower case
   */
  Optional<List<Value>> known(String key) {
    return Optional.ofNullable(values.get(key));
  }

  private static List<String> texts(List<Value> values) {
    return values.stream().map(Value::text).toList();
  }

  static String lowerCase(String key) {
    return key.toLowerCase(Locale.ROOT);
  }

  /**
   * The value of a key that has one; empty where it has several, for none of them is meant.
   *
   * @param key in lower case
   */
  Optional<String> single(String key) {
    return known(key).filter(several -> several.size() == 1).map(one -> one.getFirst().text());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RequestContext that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Collects the values of keys. */
  public static final class Builder {

    private final Map<String, List<Value>> values = new TreeMap<>();

    private Builder() {}

    public Builder with(String key, String value) {
      return with(key, List.of(value));
    }

    /**
     * @param several none leave the key unknown
     */
    public Builder with(String key, List<String> several) {
      if (!several.isEmpty()) {
        values.put(lowerCase(key), several.stream().map(Value::new).toList());
      }
      return this;
    }

    public RequestContext build() {
      return new RequestContext(Map.copyOf(values));
    }
  }
}
