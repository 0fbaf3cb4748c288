package dev.berth.registry.store;

import java.util.List;

/** What must hold of the item under an action's key, at the moment of the transaction. */
public sealed interface Condition {

  /** Nothing is asked. */
  record Always() implements Condition {}

  /** There is no such item. */
  record Absent() implements Condition {}

  /** There is such an item. */
  record Present() implements Condition {}

  /** There is such an item, and its attribute has this value. */
  record Equal(String attribute, Attribute value) implements Condition {}

  /** There is no such item, or it lacks this attribute. */
  record Lacks(String attribute) implements Condition {}

  /** There is no such item, or it lacks this attribute, or its number is below the bound. */
  record Below(String attribute, long bound) implements Condition {}

  /** All of these hold. */
  record All(List<Condition> conditions) implements Condition {
    public All {
      conditions = List.copyOf(conditions);
    }
  }

  static Condition always() {
    return new Always();
  }

  static Condition absent() {
    return new Absent();
  }

  static Condition present() {
    return new Present();
  }

  static Condition equal(String attribute, String value) {
    return new Equal(attribute, new Attribute.Text(value));
  }

  static Condition equal(String attribute, long value) {
    return new Equal(attribute, new Attribute.Number(value));
  }

  static Condition lacks(String attribute) {
    return new Lacks(attribute);
  }

  static Condition below(String attribute, long bound) {
    return new Below(attribute, bound);
  }

  static Condition all(Condition... conditions) {
    return new All(List.of(conditions));
  }
}
