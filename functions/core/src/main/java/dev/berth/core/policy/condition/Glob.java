package dev.berth.core.policy.condition;

import java.util.Arrays;

/**
 * A pattern of characters, {@code ?} for any one of them and {@code *} for any number. Matching
 * goes back to the last star alone, so its time is at most that of the pattern's length times the
 * text's.
 */
public final class Glob {

  private static final int ANY = -1;
  private static final int ONE = -2;

  private final int[] tokens;

  private Glob(int[] tokens) {
    this.tokens = tokens;
  }

  public static Glob of(String pattern) {
    return new Builder().pattern(pattern).build();
  }

  public boolean matches(String text) {
    int at = 0;
    int token = 0;
    int star = -1;
    int resume = 0;
    while (at < text.length()) {
      if (token < tokens.length && (tokens[token] == ONE || tokens[token] == text.charAt(at))) {
        token++;
        at++;
      } else if (token < tokens.length && tokens[token] == ANY) {
        star = token++;
        resume = at;
      } else if (star >= 0) {
        token = star + 1;
        at = ++resume;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY) {
      token++;
    }
    return token == tokens.length;
  }

  /** Collects a pattern piece by piece. */
  static final class Builder {

    private int[] tokens = new int[16];
    private int count;

    /** Text in which stars and question marks are wildcards. */
    Builder pattern(String text) {
      for (int i = 0; i < text.length(); i++) {
        switch (text.charAt(i)) {
          case '*' -> addStar();
          case '?' -> add(ONE);
          default -> add(text.charAt(i));
        }
      }
      return this;
    }

    /** Text without wildcards. */
    Builder literal(String text) {
      text.chars().forEach(this::add);
      return this;
    }

    /** Several stars in a row say no more than one. */
    private void addStar() {
      if (count == 0 || tokens[count - 1] != ANY) {
        add(ANY);
      }
    }

    private void add(int token) {
      if (count == tokens.length) {
        tokens = Arrays.copyOf(tokens, 2 * count);
      }
      tokens[count++] = token;
    }

    Glob build() {
      return new Glob(Arrays.copyOf(tokens, count));
    }
  }
}
