package dev.berth.aws.dynamodb;

import dev.berth.registry.store.Attribute;
import dev.berth.registry.store.Item;
import dev.berth.registry.store.Key;
import dev.berth.registry.store.Limits;
import dev.berth.registry.store.StoreException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items and keys as DynamoDB has them: one map, in which the key is two attributes among others.
 */
final class Attributes {

  private Attributes() {}

  static Map<String, AttributeValue> of(Key key) {
    return Map.of(
        Limits.PARTITION, AttributeValue.fromS(key.partition()),
        Limits.SORT, AttributeValue.fromS(key.sort()));
  }

  static Map<String, AttributeValue> of(Item item) {
    Map<String, AttributeValue> values = new HashMap<>(of(item.key()));
    item.attributes().forEach((name, attribute) -> values.put(name, of(attribute)));
    return values;
  }

  static AttributeValue of(Attribute attribute) {
    return switch (attribute) {
      case Attribute.Text text -> AttributeValue.fromS(text.value());
      case Attribute.Number number -> AttributeValue.fromN(Long.toString(number.value()));
      case Attribute.Binary binary ->
          AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(binary.value()));
    };
  }

  static Item item(Map<String, AttributeValue> values) {
    Key key = key(values);
    Map<String, Attribute> attributes = HashMap.newHashMap(values.size());
    values.forEach((name, value) -> attributes.put(name, attribute(key, name, value)));
    attributes.remove(Limits.PARTITION);
    attributes.remove(Limits.SORT);
    return new Item(key, attributes);
  }

  static Key key(Map<String, AttributeValue> values) {
    return new Key(values.get(Limits.PARTITION).s(), values.get(Limits.SORT).s());
  }

  private static Attribute attribute(Key key, String name, AttributeValue value) {
    return switch (value.type()) {
      case S -> new Attribute.Text(value.s());
      case N -> new Attribute.Number(number(key, name, value.n()));
      case B -> new Attribute.Binary(value.b().asByteArrayUnsafe());
      default ->
          throw new StoreException(
              "attribute %s of item %s has the type %s".formatted(name, key, value.type()));
    };
  }

  /** DynamoDB's numbers are decimal ones of 38 digits; ours have 64 bits. */
  private static long number(Key key, String name, String digits) {
    try {
      return new BigDecimal(digits).longValueExact();
    } catch (ArithmeticException e) {
      throw new StoreException(
          "attribute %s of item %s is no number of 64 bits: %s".formatted(name, key, digits), e);
    }
  }
}
