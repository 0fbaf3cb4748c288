package dev.berth.registry.store;

import dev.berth.registry.store.Attribute.Binary;
import dev.berth.registry.store.Attribute.Number;
import dev.berth.registry.store.Attribute.Text;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An item of the {@link Table}: its key and its other attributes by name. At most 400 KB, names and
 * values together (DynamoDB's bound, which every adapter enforces).
 */
public record Item(Key key, Map<String, Attribute> attributes) {

  public Item {
    attributes = Map.copyOf(attributes);
  }

  public static Builder at(Key key) {
    return new Builder(key);
  }

  public String text(String name) {
    return optionalText(name).orElseThrow(() -> missing(name));
  }

  public Optional<String> optionalText(String name) {
    return attributes.get(name) instanceof Text text ? Optional.of(text.value()) : Optional.empty();
  }

  public long number(String name) {
    return optionalNumber(name).orElseThrow(() -> missing(name));
  }

  public OptionalLong optionalNumber(String name) {
    return attributes.get(name) instanceof Number number
        ? OptionalLong.of(number.value())
        : OptionalLong.empty();
  }

  public byte[] binary(String name) {
    return optionalBinary(name).orElseThrow(() -> missing(name));
  }

  public Optional<byte[]> optionalBinary(String name) {
    return attributes.get(name) instanceof Binary binary
        ? Optional.of(binary.value())
        : Optional.empty();
  }

  private IllegalStateException missing(String name) {
    return new IllegalStateException("item " + key + " has no attribute " + name);
  }

  /** Collects the attributes of one item. */
  public static final class Builder {
    private final Key key;
    private final Map<String, Attribute> attributes = new HashMap<>();

    private Builder(Key key) {
      this.key = key;
    }

    public Builder text(String name, String value) {
      attributes.put(name, new Text(value));
      return this;
    }

    public Builder text(String name, Optional<String> value) {
      value.ifPresent(present -> text(name, present));
      return this;
    }

    public Builder number(String name, long value) {
      attributes.put(name, new Number(value));
      return this;
    }

    public Builder binary(String name, byte[] value) {
      attributes.put(name, new Binary(value));
      return this;
    }

    public Item build() {
      return new Item(key, attributes);
    }
  }
}
