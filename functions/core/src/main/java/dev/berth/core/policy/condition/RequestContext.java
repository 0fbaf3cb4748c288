package dev.berth.core.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What is known of a request: the values of AWS's global condition keys and of ECR's own, by name
 * whatever its case ({@code aws:SourceIp}). A key that is not there is not known; one without
 * values is the same (IAM User Guide, "IAM JSON policy elements: Condition").
 */
public final class RequestContext {

  /** Of a request of which nothing is known. */
  public static final RequestContext EMPTY = builder().build();

  private final Map<String, List<Value>> values;
  private final List<Layer> layers;

  private RequestContext(Map<String, List<Value>> values, List<Layer> layers) {
    this.values = values;
    this.layers = layers;
  }

  /**
   * Says what it knows of a key when a policy asks, since most policies ask for few keys or none.
   */
  @FunctionalInterface
  public interface Source {

    /**
     * The values of a key; none where it is not known.
     *
     * @param key in lower case
     */
    List<String> values(String key);
  }

  /**
   * This context, and what sources know beyond it. A key that is known to one is not asked for
   * further on; what is, is asked for at most once, but for threads that ask at the same moment.
   */
  public RequestContext and(Source... sources) {
    List<Layer> more = new ArrayList<>(layers.size() + sources.length);
    more.addAll(layers);
    for (Source source : sources) {
      more.add(new Layer(source));
    }
    return new RequestContext(values, more);
  }

  /** The values of a key, at least one of them; empty where it is not known. */
  public Optional<List<String>> values(String key) {
    return known(lowerCase(key)).map(RequestContext::texts);
  }

  /**
   * @param key in lower case
   */
  Optional<List<Value>> known(String key) {
    List<Value> here = values.get(key);
    return here == null ? inLayers(key) : Optional.of(here);
  }

  private Optional<List<Value>> inLayers(String key) {
    for (Layer layer : layers) {
      List<Value> found = layer.values(key);
      if (!found.isEmpty()) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
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

  /** Sources are equal if they are the same one. */
  @Override
  public boolean equals(Object other) {
    return other instanceof RequestContext that
        && values.equals(that.values)
        && layers.equals(that.layers);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** Without what the sources know. */
  @Override
  public String toString() {
    return values.toString();
  }

  /** A source, and what it was asked for before. */
  private static final class Layer {

    private final Source source;
    private final Map<String, List<Value>> asked = new ConcurrentHashMap<>(4);

    Layer(Source source) {
      this.source = source;
    }

    List<Value> values(String key) {
      List<Value> before = asked.get(key);
      if (before != null) {
        return before;
      }
      List<Value> found = read(source.values(key));
      asked.put(key, found);
      return found;
    }
  }

  private static List<Value> read(List<String> texts) {
    return texts.isEmpty() ? List.of() : texts.stream().map(Value::new).toList();
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
        values.put(lowerCase(key), read(several));
      }
      return this;
    }

    public RequestContext build() {
      return new RequestContext(Map.copyOf(values), List.of());
    }
  }
}
