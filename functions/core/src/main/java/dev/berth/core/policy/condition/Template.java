package dev.berth.core.policy.condition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text of a policy that may hold wildcards ({@code *}, {@code ?}) and policy variables ({@code
 * ${aws:username}}, {@code ${aws:PrincipalTag/team, 'none'}}, {@code ${*}}), parsed once. What a
 * variable stands for is taken as it is, a star in it too (IAM User Guide, "IAM policy elements:
 * Variables and tags").
 */
public final class Template {

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([^{}$,*?]+?)(?:\\s*,\\s*'([^']*)')?}|\\$\\{([*?$])}");

  private final String source;
  private final List<Piece> pieces;
  private final Optional<Glob> fixed;

  private sealed interface Piece {

    /** Wildcards in it are wildcards. */
    record Text(String text) implements Piece {}

    /** Taken as it is. */
    record Literal(String text) implements Piece {}

    record Variable(String key, Optional<String> otherwise) implements Piece {}
  }

  private Template(String source, List<Piece> pieces) {
    this.source = source;
    this.pieces = List.copyOf(pieces);
    boolean hasVariables = pieces.stream().anyMatch(Piece.Variable.class::isInstance);
    this.fixed = hasVariables ? Optional.empty() : glob(RequestContext.EMPTY);
  }

  /** Of a policy of version 2012-10-17. */
  public static Template parse(String source) {
    List<Piece> pieces = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(source);
    int end = 0;
    while (variable.find()) {
      addText(pieces, source.substring(end, variable.start()));
      pieces.add(
          variable.group(3) != null
              ? new Piece.Literal(variable.group(3))
              : new Piece.Variable(
                  RequestContext.lowerCase(variable.group(1)),
                  Optional.ofNullable(variable.group(2))));
      end = variable.end();
    }
    addText(pieces, source.substring(end));
    return new Template(source, pieces);
  }

  /** Of a policy of version 2008-10-17, which knows no variables. */
  public static Template withoutVariables(String source) {
    return new Template(source, List.of(new Piece.Text(source)));
  }

  /** A part of this text, with variables where this one may have them. */
  Template part(String text) {
    boolean plain = pieces.equals(List.of(new Piece.Text(source)));
    return plain ? withoutVariables(text) : parse(text);
  }

  private static void addText(List<Piece> pieces, String text) {
    if (!text.isEmpty()) {
      pieces.add(new Piece.Text(text));
    }
  }

  /** The whole text with its variables replaced; empty where one has no value. */
  Optional<String> text(RequestContext context) {
    if (pieces.size() == 1) {
      return resolve(pieces.getFirst(), context);
    }
    StringBuilder text = new StringBuilder();
    for (Piece piece : pieces) {
      Optional<String> part = resolve(piece, context);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      text.append(part.get());
    }
    return Optional.of(text.toString());
  }

  /** Whether it says the same of every request. */
  boolean isFixed() {
    return fixed.isPresent();
  }

  /** Whether the request has a value of each of their variables. */
  static boolean areKnown(List<Template> templates, RequestContext context) {
    return templates.stream().allMatch(template -> template.text(context).isPresent());
  }

  /** Whether the text, with its variables replaced, matches; never where one has no value. */
  public boolean matches(String text, RequestContext context) {
    return fixed.isPresent()
        ? fixed.get().matches(text)
        : glob(context).filter(glob -> glob.matches(text)).isPresent();
  }

  private Optional<Glob> glob(RequestContext context) {
    var glob = new Glob.Builder();
    for (Piece piece : pieces) {
      Optional<String> part = resolve(piece, context);
      if (part.isEmpty()) {
        return Optional.empty();
      }
      if (piece instanceof Piece.Text) {
        glob.pattern(part.get());
      } else {
        glob.literal(part.get());
      }
    }
    return Optional.of(glob.build());
  }

  private static Optional<String> resolve(Piece piece, RequestContext context) {
    return switch (piece) {
      case Piece.Text(String text) -> Optional.of(text);
      case Piece.Literal(String text) -> Optional.of(text);
      case Piece.Variable(String key, Optional<String> otherwise) ->
          context.single(key).or(() -> otherwise);
    };
  }

  @Override
  public String toString() {
    return source;
  }
}
