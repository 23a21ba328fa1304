package org.convoy.visual;

import java.util.ArrayList;
import java.util.List;
import org.convoy.image.Image;

/**
 * Pictures side by side on one, each with a caption below it: small ones are enlarged, in whole
 * steps, until a person sees their pixels. The same tiles always give the same picture.
 *
 * @param title over all, one line or several
 * @param tiles at least one
 * @param columns tiles side by side; 0 for as many as a screen is wide
 */
public record ContactSheet(List<String> title, List<Tile> tiles, int columns) {
  private static final int BACKGROUND = 0xf7f7f5;
  private static final int INK = 0x1f2328;
  private static final int FAINT = 0x59636e;
  private static final int MARGIN = 16;
  private static final int GAP = 12;
  private static final int TITLE_ZOOM = 2;

  /** Sheets of more tiles than this are set smaller. */
  private static final int FEW = 64;

  /** Tiles are enlarged to about this many pixels, times the captions' zoom, if they have fewer. */
  private static final int COMFORTABLE = 72;

  /** Sheets are about this wide; one tile or a long title may need more. */
  private static final int USUAL_WIDTH = 1200;

  /**
   * A picture with what is said about it.
   *
   * @param image gray or color
   * @param caption printable ASCII in one line or several; what does not fit below the picture goes
   *     to the next line
   */
  public record Tile(Image image, String caption) {}

  public ContactSheet {
    title = List.copyOf(title);
    tiles = List.copyOf(tiles);
    if (tiles.isEmpty()) {
      throw new IllegalArgumentException("a contact sheet needs at least one tile");
    }
    if (columns < 0) {
      throw new IllegalArgumentException("columns must be at least 0, got " + columns);
    }
  }

  /** With as many tiles side by side as a screen is wide. */
  public ContactSheet(List<String> title, List<Tile> tiles) {
    this(title, tiles, 0);
  }

  /** The whole sheet, in color. */
  public Image draw() {
    return new Layout(this).draw();
  }

  /** Where everything goes: all tiles have one place's size. */
  private static final class Layout {
    private final ContactSheet sheet;
    private final int zoom;
    private final int letterZoom;
    private final int tileHeight;
    private final int tileWidth;
    private final int captionLines;
    private final int columns;

    Layout(ContactSheet sheet) {
      this.sheet = sheet;
      int height = sheet.tiles.stream().mapToInt(tile -> tile.image().height()).max().orElseThrow();
      int width = sheet.tiles.stream().mapToInt(tile -> tile.image().width()).max().orElseThrow();
      this.letterZoom = sheet.tiles.size() > FEW ? 1 : 2;
      this.zoom = Math.max(1, COMFORTABLE * letterZoom / Math.max(height, width));
      this.tileHeight = height * zoom;
      this.tileWidth = Math.max(width * zoom, longestWord());
      this.captionLines =
          sheet.tiles.stream().mapToInt(tile -> lines(tile.caption()).size()).max().orElseThrow();
      int fitting = (USUAL_WIDTH - 2 * MARGIN + GAP) / (tileWidth + GAP);
      int wanted = sheet.columns > 0 ? sheet.columns : Math.max(1, fitting);
      this.columns = Math.min(sheet.tiles.size(), wanted);
    }

    Image draw() {
      int rows = (sheet.tiles.size() + columns - 1) / columns;
      int head = MARGIN + titleHeight();
      int place = tileHeight + 4 + captionLines * BitmapFont.LINE * letterZoom + GAP;
      Canvas canvas = new Canvas(head + rows * place + MARGIN - GAP, width(), BACKGROUND);
      for (int i = 0; i < sheet.title.size(); i++) {
        int top = MARGIN + i * BitmapFont.LINE * TITLE_ZOOM;
        canvas.write(sheet.title.get(i), top, MARGIN, TITLE_ZOOM, i == 0 ? INK : FAINT);
      }
      for (int i = 0; i < sheet.tiles.size(); i++) {
        int top = head + i / columns * place;
        int left = MARGIN + i % columns * (tileWidth + GAP);
        drawTile(canvas, sheet.tiles.get(i), top, left);
      }
      return canvas.image();
    }

    private void drawTile(Canvas canvas, Tile tile, int top, int left) {
      canvas.draw(tile.image(), top, left, zoom);
      List<String> lines = lines(tile.caption());
      for (int i = 0; i < lines.size(); i++) {
        int below = top + tileHeight + 4 + i * BitmapFont.LINE * letterZoom;
        canvas.write(lines.get(i), below, left, letterZoom, FAINT);
      }
    }

    private int width() {
      int tiles = columns * (tileWidth + GAP) - GAP;
      int title =
          sheet.title.stream()
              .mapToInt(line -> BitmapFont.width(line) * TITLE_ZOOM)
              .max()
              .orElse(0);
      return 2 * MARGIN + Math.max(tiles, title);
    }

    private int titleHeight() {
      int lines = sheet.title.size();
      return lines == 0 ? 0 : lines * BitmapFont.LINE * TITLE_ZOOM + GAP;
    }

    private int longestWord() {
      return sheet.tiles.stream()
          .flatMap(tile -> List.of(tile.caption().split("[ \n]", -1)).stream())
          .mapToInt(word -> BitmapFont.width(word) * letterZoom)
          .max()
          .orElse(0);
    }

    /** A caption's words in as many lines as they need. */
    private List<String> lines(String caption) {
      List<String> lines = new ArrayList<>();
      for (String line : caption.split("\n", -1)) {
        addLines(line, lines);
      }
      return lines;
    }

    private void addLines(String words, List<String> lines) {
      String line = "";
      for (String word : words.split(" ", -1)) {
        String longer = line.isEmpty() ? word : line + " " + word;
        if (!line.isEmpty() && BitmapFont.width(longer) * letterZoom > tileWidth) {
          lines.add(line);
          line = word;
        } else {
          line = longer;
        }
      }
      lines.add(line);
    }
  }
}
