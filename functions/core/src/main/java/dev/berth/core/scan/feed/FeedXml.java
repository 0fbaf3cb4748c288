package dev.berth.core.scan.feed;

import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * XML of feeds, read from its beginning to its end. Document types are refused, so there are no
 * entities but XML's own five.
 */
public final class FeedXml {

  private static final List<String> ENTITY_LIMITS =
      List.of("jdk.xml.maxGeneralEntitySizeLimit", "jdk.xml.totalEntitySizeLimit");
  private static final String NO_LIMIT = "0";
  private static final XMLInputFactory FACTORY = factory();

  private final XMLStreamReader reader;
  private int depth;
  private int elements;

  private FeedXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    // where there are no document types these count nothing but references such as &amp; and &#39;
    for (String limit : ENTITY_LIMITS) {
      factory.setProperty(limit, NO_LIMIT);
    }
    return factory;
  }

  /**
   * Reads a document.
   *
   * @param root which its root must be
   * @param content reads what is in the root
   * @throws FeedException if it is not well-formed, another document, or too large
   */
  public static void read(InputStream in, String root, Consumer<FeedXml> content) {
    XMLStreamReader reader = null;
    try {
      InputStream bounded = new BoundedStream(new MarkupBounds(in), FeedLimits.FEED, root);
      reader = FACTORY.createXMLStreamReader(bounded);
      FeedXml xml = new FeedXml(reader);
      xml.requireRoot(root);
      content.accept(xml);
      xml.requireEnd();
    } catch (XMLStreamException e) {
      throw new FeedException(line(reader), e);
    } catch (Unreadable e) {
      throw new FeedException(line(reader), e.cause);
    }
  }

  private void requireRoot(String root) throws XMLStreamException {
    while (reader.hasNext() && reader.next() != XMLStreamConstants.START_ELEMENT) {
      refuseDocumentType();
    }
    if (!reader.isStartElement() || !is(root)) {
      throw new FeedException("%s: this is no <%s>".formatted(line(reader), root));
    }
    depth = 1;
  }

  private void requireEnd() throws XMLStreamException {
    while (reader.hasNext()) {
      reader.next();
      refuseDocumentType();
    }
  }

  private void refuseDocumentType() {
    if (reader.getEventType() == XMLStreamConstants.DTD) {
      throw new FeedException(line(reader) + ": document types are not read");
    }
  }

  /** Begins to count what a record holds. */
  public void beginRecord() {
    elements = 0;
  }

  /**
   * Goes to the next child of the element that the reader is in, passing over text.
   *
   * @return false at the end of the element
   */
  public boolean nextChild() {
    while (true) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        enter();
        return true;
      }
      if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
        return false;
      }
    }
  }

  private void enter() {
    if (++depth > FeedLimits.DEPTH) {
      throw new FeedException(line(reader) + ": elements are too deep within each other");
    }
    if (++elements > FeedLimits.ELEMENTS) {
      throw new FeedException(line(reader) + ": a record holds too much");
    }
  }

  /** The name of the element, without its namespace. */
  public String name() {
    return reader.getLocalName();
  }

  public boolean is(String name) {
    return reader.getLocalName().equals(name);
  }

  /** An attribute of the element that was just entered; empty if it has none. */
  public String attribute(String name) {
    return Absent.text(reader.getAttributeValue(null, name));
  }

  /** All text in the element that was just entered, with which the reader is behind it. */
  public String text() {
    StringBuilder text = new StringBuilder();
    int within = 1;
    while (within > 0) {
      int event = next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        within++;
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        within--;
      } else if (reader.hasText() && event != XMLStreamConstants.COMMENT) {
        append(text);
      }
    }
    depth--;
    return text.toString().strip();
  }

  private void append(StringBuilder text) {
    text.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
    if (text.length() > FeedLimits.TEXT) {
      throw new FeedException(line(reader) + ": a text is too long");
    }
  }

  /** Passes over the element that was just entered. */
  public void skip() {
    int within = 1;
    while (within > 0) {
      int event = next();
      within += event == XMLStreamConstants.START_ELEMENT ? 1 : 0;
      within -= event == XMLStreamConstants.END_ELEMENT ? 1 : 0;
    }
    depth--;
  }

  private int next() {
    try {
      return reader.next();
    } catch (XMLStreamException e) {
      throw new Unreadable(e);
    }
  }

  private static String line(XMLStreamReader reader) {
    return reader == null ? "line 1" : "line " + reader.getLocation().getLineNumber();
  }

  /** Carries an exception of the reader's through code that declares none. */
  private static final class Unreadable extends RuntimeException {
    private final XMLStreamException cause;

    Unreadable(XMLStreamException cause) {
      super(null, null, false, false);
      this.cause = cause;
    }
  }
}
