<?php
/**
 * As much of WordPress as shows one page with one plugin: the functions that the plugin calls, as WordPress documents
 * them, and a theme. A whole WordPress would want a database server.
 *
 * php wordpress.php <plugin> <post|page|home> <html5|xhtml>
 */

set_error_handler( function ( $level, $message, $file, $line ) {
	throw new ErrorException( $message, 0, $level, $file, $line );
} );

[ , $plugin, $kind, $theme ] = $argv;

$hooks   = array();
$scripts = array();
// A loop over the page's own posts, a loop over others, or none.
$loop = null;

function add_filter( $hook, $callback, $priority = 10, $accepted_args = 1 ) {
	global $hooks;
	$hooks[ $hook ][ $priority ][] = array( $callback, $accepted_args );
	return true;
}

function add_action( $hook, $callback, $priority = 10, $accepted_args = 1 ) {
	return add_filter( $hook, $callback, $priority, $accepted_args );
}

/** The callbacks of a hook, the lowest priority first, else in the order in which they were added. */
function callbacks_of( $hook ) {
	global $hooks;
	$by_priority = $hooks[ $hook ] ?? array();
	ksort( $by_priority );
	return array_merge( ...array_values( $by_priority ) );
}

function apply_filters( $hook, $value, ...$more ) {
	foreach ( callbacks_of( $hook ) as [ $callback, $accepted_args ] ) {
		$value = call_user_func_array( $callback, array_slice( array( $value, ...$more ), 0, $accepted_args ) );
	}
	return $value;
}

function do_action( $hook, ...$args ) {
	foreach ( callbacks_of( $hook ) as [ $callback, $accepted_args ] ) {
		call_user_func_array( $callback, array_slice( $args, 0, $accepted_args ) );
	}
}

function is_singular( $post_types = '' ) {
	global $kind;
	return 'home' !== $kind && ( '' === $post_types || in_array( $kind, (array) $post_types, true ) );
}

function in_the_loop() {
	global $loop;
	return null !== $loop;
}

function is_main_query() {
	global $loop;
	return 'others' !== $loop;
}

function get_the_ID() {
	global $loop;
	return 'others' === $loop ? 8 : 7;
}

function esc_attr( $text ) {
	return htmlspecialchars( (string) $text, ENT_QUOTES, 'UTF-8', false );
}

function __return_false() {
	return false;
}

function wp_enqueue_script( $handle, $src = '', $deps = array(), $ver = false, $args = array() ) {
	global $scripts;
	if ( null !== $ver ) {
		$src .= '?ver=' . ( $ver ? $ver : '7.0' );
	}
	$scripts[ $handle ] = $src;
}

/** A theme that does not name scripts among what it has of HTML5 gets them with their type. */
function wp_head() {
	global $scripts, $theme;
	do_action( 'wp_enqueue_scripts' );
	foreach ( $scripts as $handle => $src ) {
		$type = 'html5' === $theme ? '' : 'type="text/javascript" ';
		$tag  = '<script ' . $type . 'src="' . esc_attr( $src ) . '" id="' . esc_attr( $handle ) . "-js\"></script>\n";
		echo apply_filters( 'script_loader_tag', $tag, $handle, $src );
	}
}

function the_content() {
	$content = apply_filters( 'the_content', "<p>The ferry sails.</p>\n" );
	echo str_replace( ']]>', ']]&gt;', $content );
}

function comments_open() {
	return apply_filters( 'comments_open', true, get_the_ID() );
}

// A theme's own script is not the plugin's business.
add_action( 'wp_enqueue_scripts', function () {
	wp_enqueue_script( 'theme', 'data:text/javascript,//' );
} );

require $plugin;
?>
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>The ferry sails</title>
<?php wp_head(); ?>
</head>
<body>
<main>
<h1>The ferry sails</h1>
<?php
$loop = 'own';
the_content();
if ( comments_open() ) {
	echo '<form id="commentform"></form>';
}
?>
</main>
<aside>
<h2>Read next</h2>
<?php
$loop = 'others';
the_content();
$loop = null;
// A description for search engines, as plugins make one of the text.
the_content();
?>
</aside>
</body>
</html>
