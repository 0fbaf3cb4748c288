package dev.berth.lambda.ecr;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Bodies of requests, made of an operation's own record: right, nearly right, and not right at all.
 *
 * @param model for enums and bounds, where it is at hand
 */
record RandomRequests(RandomGenerator random, KnownValues known, Optional<WireModel> model) {

  /** Longer texts and lists cost much and find no more. */
  private static final int LONGEST_TEXT = 40_000;

  private static final int LONGEST_LIST = 1001;

  byte[] body(Operations.Entry<?, ?> operation) {
    double wildness = text().one(List.of(0.0, 0.01, 0.05, 0.3));
    String shape = model.map(found -> found.input(operation.name())).orElse("");
    byte[] body = value(operation.requestType(), "", shape, wildness).getBytes(UTF_8);
    return happens(wildness) ? broken(body) : body;
  }

  private String value(Type type, String member, String shape, double wildness) {
    if (happens(wildness / 2)) {
      return json().any();
    }
    return switch (type) {
      case Class<?> record when record.isRecord() -> structure(record, shape, wildness);
      case Class<?> c when c == byte[].class ->
          json().quoted(text(member, shape, wildness, "AAAA"));
      case Class<?> c when c == Boolean.class || c == boolean.class ->
          Boolean.toString(random.nextBoolean());
      case Class<?> c when Number.class.isAssignableFrom(c) || c.isPrimitive() ->
          number(member, shape, wildness);
      case ParameterizedType list when list.getRawType() == List.class ->
          list(list.getActualTypeArguments()[0], member, shape, wildness);
      default -> json().quoted(text(member, shape, wildness, "a"));
    };
  }

  private String structure(Class<?> record, String shape, double wildness) {
    Stream<String> members =
        RecordMembers.of(record).entrySet().stream()
            .filter(entry -> isThere(record, entry.getKey(), shape, wildness))
            .map(entry -> member(entry, shape, wildness));
    Stream<String> unknown =
        happens(wildness)
            ? Stream.of(json().quoted(text().any()) + ":" + json().any())
            : Stream.empty();
    return Stream.concat(members, unknown)
        .flatMap(one -> Stream.generate(() -> one).limit(happens(wildness / 10) ? 2 : 1))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private boolean isThere(Class<?> record, String member, String shape, double wildness) {
    return mayBeAbsent(record, member, shape) ? random.nextInt(3) == 0 : !happens(wildness / 2);
  }

  /** Of a list the record does not tell; the model does. */
  private boolean mayBeAbsent(Class<?> record, String member, String shape) {
    return model
        .map(found -> !found.required(shape).contains(member))
        .orElseGet(
            () ->
                Arrays.stream(record.getRecordComponents())
                    .filter(component -> RecordMembers.name(component).equals(member))
                    .map(RecordComponent::getType)
                    .anyMatch(type -> type == Optional.class || type == List.class));
  }

  private String member(Map.Entry<String, Type> member, String shape, double wildness) {
    String inner = model.map(found -> found.memberShape(shape, member.getKey())).orElse("");
    return json().quoted(member.getKey())
        + ":"
        + value(member.getValue(), member.getKey(), inner, wildness);
  }

  private String list(Type element, String member, String shape, double wildness) {
    String inner = model.map(found -> found.elementShape(shape)).orElse("");
    int size = happens(wildness) ? Math.min(LONGEST_LIST, bound(shape, 100)) : random.nextInt(1, 4);
    String first = value(element, member, inner, wildness);
    return Stream.generate(() -> size > 4 ? first : value(element, member, inner, wildness))
        .limit(size)
        .collect(Collectors.joining(",", "[", "]"));
  }

  private String number(String member, String shape, double wildness) {
    return happens(wildness)
        ? "" + (random.nextBoolean() ? bound(shape, 1000) : random.nextLong())
        : known.one(member).orElseGet(() -> "" + random.nextInt(1, 50));
  }

  private String text(String member, String shape, double wildness, String otherwise) {
    List<String> constants =
        shape(shape).has("enum") ? WireModel.texts(shape(shape).path("enum")) : List.of();
    String usual =
        constants.isEmpty() || random.nextInt(4) == 0
            ? known.one(member).orElse(otherwise)
            : text().one(constants);
    if (!happens(wildness * 2)) {
      return usual;
    }
    return switch (random.nextInt(4)) {
      case 0 -> text().any();
      case 1 -> text().sized(Math.min(LONGEST_TEXT, bound(shape, 256)));
      case 2 -> new JsonDocuments(random).changed(usual);
      default -> text().changed(usual);
    };
  }

  /** A bound of a shape, or one beside it. */
  private int bound(String shape, int otherwise) {
    String which = random.nextBoolean() ? "min" : "max";
    long bound = shape(shape).path(which).asLong(otherwise);
    return Math.clamp(bound + random.nextInt(-1, 2), 0, Integer.MAX_VALUE);
  }

  private JsonNode shape(String name) {
    return model.map(found -> found.shape(name)).orElse(MissingNode.getInstance());
  }

  /** Bytes that are hardly JSON. */
  private byte[] broken(byte[] body) {
    String json = new String(body, UTF_8);
    return switch (random.nextInt(8)) {
      case 0 -> Arrays.copyOf(body, random.nextInt(body.length + 1));
      case 1 -> (json + text().any()).getBytes(UTF_8);
      case 2 -> ("[" + json + "]").getBytes(UTF_8);
      case 3 -> ("\ufeff" + json).getBytes(UTF_8);
      case 4 -> json.getBytes(UTF_16);
      case 5 -> json().any().getBytes(UTF_8);
      case 6 -> text().changed(json).getBytes(UTF_8);
      default -> {
        byte[] flipped = body.clone();
        flipped[random.nextInt(flipped.length)] = (byte) random.nextInt();
        yield flipped;
      }
    };
  }

  private boolean happens(double probability) {
    return random.nextDouble() < probability;
  }

  private RandomText text() {
    return new RandomText(random);
  }

  private RandomJson json() {
    return new RandomJson(random);
  }
}
