package dev.berth.lambda.ecr;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the wire calls the members of requests' and responses' records. */
final class RecordMembers {

  private RecordMembers() {}

  /** The types of a record's members, of an optional one that which it has when it is there. */
  static Map<String, Type> of(Class<?> record) {
    Map<String, Type> members = new LinkedHashMap<>();
    for (RecordComponent member : record.getRecordComponents()) {
      members.put(name(member), present(member.getGenericType()));
    }
    return members;
  }

  static String name(RecordComponent member) {
    try {
      JsonProperty renamed =
          member
              .getDeclaringRecord()
              .getDeclaredField(member.getName())
              .getAnnotation(JsonProperty.class);
      return renamed == null ? member.getName() : renamed.value();
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  /** Of a member that may be absent, what it is when it is there. */
  static Type present(Type type) {
    return type instanceof ParameterizedType optional && optional.getRawType() == Optional.class
        ? optional.getActualTypeArguments()[0]
        : type;
  }

  /** The type of a list's elements, where it is a list. */
  static Optional<Type> element(Type type) {
    return type instanceof ParameterizedType list && list.getRawType() == List.class
        ? Optional.of(list.getActualTypeArguments()[0])
        : Optional.empty();
  }

  static Type responseType(Operation<?, ?> operation) {
    return Arrays.stream(operation.getClass().getGenericInterfaces())
        .map(ParameterizedType.class::cast)
        .findFirst()
        .orElseThrow()
        .getActualTypeArguments()[1];
  }
}
